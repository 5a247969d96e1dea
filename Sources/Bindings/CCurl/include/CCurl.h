#ifndef HEMICYCLE_CURL_H
#define HEMICYCLE_CURL_H
#include <curl/curl.h>
#include <stdio.h>

/// Loads libcurl and prepares it for the process. To be called before any other function, once. An answer but CURLE_OK says that
/// there is none, and that no other function may be called.
CURLcode hemicycle_start_curl(void);

// Options take whatever fits them, which Swift does not import: here is one function for each type that we use.

CURLcode hemicycle_set_number(CURL *transfer, CURLoption option, long value);

/// The text is copied.
CURLcode hemicycle_set_text(CURL *transfer, CURLoption option, const char *text);

/// The list has to outlive the transfer.
CURLcode hemicycle_set_recipients(CURL *transfer, struct curl_slist *recipients);

/// What is sent is read from the file.
CURLcode hemicycle_set_source(CURL *transfer, FILE *source);

/// `watch` is called at least once a second, and ends the transfer by any answer but 0.
CURLcode hemicycle_set_watch(CURL *transfer, curl_xferinfo_callback watch, void *context);

/// `complaint` has CURL_ERROR_SIZE bytes and outlives the transfer.
CURLcode hemicycle_set_complaint(CURL *transfer, char *complaint);

/// The last code that the server answered with; 0 where it answered nothing.
long hemicycle_last_answer(CURL *transfer);
#endif
