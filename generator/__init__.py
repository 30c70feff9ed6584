"""The catalogue of science-volunteering brand activities: YAML records in, a checked static site out.

The pipeline, in reading order: ``load`` -> ``model`` -> ``render``, walked by ``build`` and started by ``cli`` or ``plugin``.
"""
