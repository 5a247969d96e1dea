// Domain/Archive
