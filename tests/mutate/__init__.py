"""The self-test of the gate: mistakes put into a copy of the guide, one at a time, and whether the build names each.

original.py    the guide as it is -> its links, headings, directives and the places where text may be put in
mutant.py      a mistake: the files it changes, and the problems that have to be reported
pages.py ...   kinds of mistakes, by what they break: pages, words, drawings, questions, data
kinds.py       every kind by its name
plan.py        kinds -> the mutants to try, the same for the same seed
run.py         mutants -> what the build reports of each, in worker processes
matrix.py      results -> the table, the misses, the exit code
"""
