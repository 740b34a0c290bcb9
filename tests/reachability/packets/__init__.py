"""The VPC of the model, built of network namespaces: real routes, real filters, real connections.

Every setting turns one knob of one component, and knows nothing of the others: whether a call gets through is for the
kernel to say. All namespaces belong to one process and are held by nothing but its open files. When it ends, killed or
not, they are gone. The network of the machine is never touched.
"""
