// Domain/Access
