"""A CloudFormation or SAM template -> what its functions reach, with the line of every blocker.

    source    the file -> mappings that know their lines, with every intrinsic function in its long form
    resolve   intrinsic functions, parameters and conditions -> values, or why a value is not known
    stack     the resources, and how one asks another
    databases which groups and subnets a database or a cache has, and its port
    groups    security groups and network ACLs: does a rule let this port through?
    network   subnets, tables, gateways and endpoints
    roles     what an execution role allows
    decide    one function, one subnet, one target -> the settings of the model, each when it is read
    cases     what is not told and may be one of a few -> every case of it
    report    every pair -> reached, not reached and what to change, or not decided and why

Nothing is guessed: what the template does not say is *not decided*, and only where the call depends on it. This is the
one part of the package that needs a library, PyYAML.
"""
