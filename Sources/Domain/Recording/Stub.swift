// Domain/Recording
