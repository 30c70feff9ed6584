"""The web form: the table of fields, the lists and the rules' words in, a part of a page and the data of its scripts out."""
