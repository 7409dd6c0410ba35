"""What somebody does and where, of words such as `HR partner at Kestrel Rail`: (title, company).

Knows the organizations of the playbook; refuses to take `lunch at the port` for a job.
"""

from __future__ import annotations

import re

from playbook.capture.parts import unquoted
from playbook.capture.verbs import OCCASION, read_verb
from playbook.graph import Playbook
from playbook.names import called, organization_called

_JOB = re.compile(
    r"(?:(?:is |works? |working )?(?:as )?(?:an? |the )?(?P<title>.+?) )?(?:at|@) (?P<company>.+)", re.IGNORECASE
)
_NO_TITLE = re.compile(rf"(?:is|works?|working|{OCCASION})\Z", re.IGNORECASE)


def job_in(text: str, playbook: Playbook) -> tuple[str, str] | None:
    """(title, organization) of the part behind a name; None where it is neither.

    The organization is the id of one that is known, else its name, which has a capital.
    """
    whole = unquoted(text)
    found = _JOB.fullmatch(text)
    if whole != text or found is None or called(playbook.organizations.values(), text, or_short=False):
        return "", organization_called(playbook, whole)
    title, company = found["title"] or "", organization_called(playbook, unquoted(found["company"]))
    is_known = company in playbook.organizations
    if not is_known and not any(word[:1].isupper() or word[:1].isdigit() for word in company.split()[:1]):
        return None
    if _NO_TITLE.match(title):
        return ("", company) if not re.fullmatch(OCCASION, title, re.IGNORECASE) else None
    return None if read_verb(title)[0] is not None else (title, company)
