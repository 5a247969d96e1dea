// Domain/Programme
