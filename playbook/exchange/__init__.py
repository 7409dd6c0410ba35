"""What leaves the playbook for other programs, in the forms that they read; plain values in, bytes or a link out."""
