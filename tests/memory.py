"""How much memory a process that a test starts takes at its highest."""

# Source of a function for that process. What `getrusage` tells of a child on Linux begins at the
# size of the process that forked it, here a test runner of any size; so the mark is read that the
# system keeps of the process's own memory.
PEAK = '''
def peak():
    """Megabytes at the highest."""
    import resource, sys
    try:
        with open("/proc/self/status") as status:
            return next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1024
    except OSError:
        unit = 1 if sys.platform == "darwin" else 1024
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1024 / 1024
'''
