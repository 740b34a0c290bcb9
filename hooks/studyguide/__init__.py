"""The engine of the study guide: what it checks and draws, without MkDocs.

Data flows through the modules in this order; each imports only those above it:

    model.py      the values everything below speaks in
    source.py     a Markdown file -> lines, fences, code spans, links, each with its position
    quickyaml.py  the YAML in them
    directives/   a source page   -> rewritten Markdown + figures, checkpoints, terms ... + problems
    figures/      a figure's source -> a themed, accessible SVG + problems
    sources.py    docs/reference/sources.yml -> what a citation may cite
    registry.py   every target of the guide, in reading order; duplicates
    links.py      references -> hrefs, numbers and texts
    checks/       registry + rendered pages -> problems
    reports/      problems -> text
    config.py     the settings of mkdocs.yml that a check needs
    guide.py      one build: the stages above, called in order
    cli.py        the same stages from the command line

Nothing here imports ``mkdocs``; ``hooks/events.py`` is the only file that does.
"""
