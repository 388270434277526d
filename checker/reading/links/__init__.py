"""What a lesson refers to, links, images and imports, and the ids by which it is referred to."""
