#ifndef HEMICYCLE_CURL_LOADING_H
#define HEMICYCLE_CURL_LOADING_H

/// A function of libcurl, which `hemicycle_start_curl` has loaded.
void *hemicycle_curl_function(const char *name);
#endif
