# What a service has around a handler that it is given.
_seen = set()
already_processed = _seen.__contains__
mark_processed = _seen.add
send_approval_email = print
