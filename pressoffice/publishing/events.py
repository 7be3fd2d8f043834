"""What publishing tells the apps above it. Each signal carries `instance`.

`step_taken` (with step, by, at, reason) is sent inside the step's transaction: for rows that must
exist if and only if the step happened; a receiver that fails undoes the step.
`published` and `withdrawn` (with at) are sent after the commit: for what may be lost.
"""

from django.dispatch import Signal

step_taken = Signal()
published = Signal()
withdrawn = Signal()
