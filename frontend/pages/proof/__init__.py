"""Pages on which people show that an account is theirs: links from letters, codes from organizers."""
