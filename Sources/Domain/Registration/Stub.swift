// Domain/Registration
