"""From a course's configuration to the lab that its lessons find: topics with their messages, SQL to load."""
