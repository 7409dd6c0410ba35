"""The few explicit writes to git, each asked for by the person: a commit, a hook."""
