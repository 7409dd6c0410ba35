"""Makes a private site: what may be published, sealed so that whoever keeps it cannot read it."""
