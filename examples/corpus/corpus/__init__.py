"""The same analysis over thousands of boards, on threads, processes or a Dask cluster."""
