"""A lesson's references (links, images, imports), and the ids by which it can be referred to."""
