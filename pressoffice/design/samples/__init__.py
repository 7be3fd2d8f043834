"""What the components on the page of the design show: made up, unsaved, and without a query.

Days are fixed, so that the page looks the same tomorrow.
"""
