"""Calls anything that the stubs declare, with arguments by name of the parameter."""

import inspect

from samples import arguments, receiver

POSITIONAL = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)


def bound(item):
    """What is called. For members of instances, bound to a new instance."""
    if item.kind == "get":
        return lambda: getattr(receiver(item), item.name)
    if item.kind == "set":
        return lambda value: setattr(receiver(item), item.name, value)
    if item.kind == "method":
        return lambda *args, **kwargs: getattr(receiver(item), item.name)(*args, **kwargs)
    target = item.target
    return target


def spread(item, values):
    """Arguments as the parameters want them: positional where they can be, `*rest` and `**options` filled."""
    args, kwargs, gap = [], {}, False
    for parameter in item.parameters:
        if parameter.name not in values:
            gap = True
            continue
        value = values[parameter.name]
        if parameter.kind in POSITIONAL and not gap:
            args.append(value)
        elif parameter.kind is inspect.Parameter.VAR_POSITIONAL:
            args += [] if gap else [value, value]
        elif parameter.kind is inspect.Parameter.VAR_KEYWORD:
            kwargs["extra_option"] = value
        elif parameter.kind is not inspect.Parameter.POSITIONAL_ONLY:
            kwargs[parameter.name] = value
    return args, kwargs


def call(item, changes={}, more_args=(), more_kwargs={}):
    """A function that calls with good arguments, some of them changed or (`None`) left out, and some more."""
    function, make = bound(item), arguments(item)

    def run():
        values = make()
        for name, change in changes.items():
            if change is None:
                del values[name]
            else:
                values[name] = change()
        args, kwargs = spread(item, values)
        return function(*args, *more_args, **kwargs, **more_kwargs)

    return run
