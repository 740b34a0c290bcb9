"""The glue between MkDocs and the study guide's engine: the only package here that imports MkDocs."""
