"""The engine of the study guide: what it checks and draws, without MkDocs.

Data flows through the modules in this order; each imports only those above it:

    codes, kinds, model   every problem code; what has ids of its own; the values everything below speaks in
    near, shelf   what was probably meant by a name that is nowhere; texts kept on disk from run to run
    files.py      files that are to be changed: all or none
    output.py     what the command line says, written out
    listing.py    what MkDocs says of a project and its site
    text/         files as written -> lines, fences, links, data and settings, each with its position
    directives/   what the Markdown parser takes for our blocks -> elements + figures, checkpoints, terms ... + problems
    waivers.py    comments that accept a finding for a while
    figures/      a figure's source -> a themed, accessible SVG + problems
    links/        every target of the guide, in reading order; references -> hrefs, numbers and texts
    published/    what readers have now -> what is gone, and what leads there instead
    collect.py    every source of the guide -> the manuscript
    compose.py    the manuscript + rendered pages -> pages with numbers, links and drawings in place
    site/         built pages -> their ids, addresses, headings
    checks/       registry + rendered pages -> problems; one module per family of rules
    fixes.py      problems that are certain to be mended -> the files mended
    web/          the web's addresses, asked for
    reports/      problems -> text, JSON, SARIF, JUnit, GitHub annotations, the panel of served pages
    outcome.py    one check's problems, waivers and counts
    exports/      the finished build -> inventory, receipt, questions to take away
    guide.py      one finished build -> its problems and its inventory
    audit.py      the same from outside a build
    cli.py        the command line

Nothing here imports ``mkdocs``; ``studyguide_mkdocs`` does.
"""

VERSION = "0.1.0"
