"""Word and Excel forms in, activity files and a report out. The folder in the order of the walk.

archive (bytes -> parts of a package, guarded) -> word, sheet (-> document) -> labels, layout (-> forms: label and words)
-> interpret (words -> values) -> outcome; apart runs each form in a process of its own with limits.
"""
