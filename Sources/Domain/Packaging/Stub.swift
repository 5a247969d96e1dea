// Domain/Packaging
