"""The engine of the study guide: what it checks and draws, without MkDocs.

Data flows through the modules in this order; each imports only those above it:

    codes.py      every problem code: family, severity, name
    model.py      the values everything below speaks in
    shelf.py      texts kept on disk from run to run
    near.py       what was probably meant by a name that is nowhere
    source.py     a Markdown file -> lines, fences, code spans, links, each with its position
    quickyaml.py  the YAML in them
    inputs.py     the files under docs -> what can be read of them
    include.py    files that pages include, read so that none ends a build
    page.py       a rendered page -> its ids, addresses, headings
    config.py     the settings of mkdocs.yml that a check needs
    directives/   a source page   -> rewritten Markdown + figures, checkpoints, terms ... + problems
    waivers.py    comments that accept a finding for a while
    figures/      a figure's source -> a themed, accessible SVG + problems
    sources.py    docs/reference/sources.yml -> what a citation may cite
    registry.py   every target of the guide, in reading order; duplicates
    links.py      references -> hrefs, numbers and texts
    breaks.py     long names in code -> where a line may break
    aliases.py    docs/reference/aliases.yml -> redirect pages and second names of anchors
    history.py    git -> who removed what is gone
    checks/       registry + rendered pages -> problems; one module per family of rules
    fixes.py      problems that are certain to be mended -> the files mended
    reports/      problems -> text, JSON, SARIF, JUnit, GitHub annotations, the panel of served pages
    outcome.py    one check's problems, waivers and counts
    exports/      the finished build -> inventory, receipt
    guide.py      one build: the stages above, called in order
    audit.py      the same from outside a build
    web.py        the web's addresses, asked for
    mutate/       mistakes put into a copy of the guide -> whether the check catches them
    cli.py        the command line

Nothing here imports ``mkdocs``; ``hooks/events.py`` does, and ``hooks/rebuild.py`` for ``mutate``.
"""

VERSION = "0.1.0"
