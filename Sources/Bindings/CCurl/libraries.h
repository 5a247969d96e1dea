#include <curl/curl.h>
#include <stdio.h>

// Options take whatever fits them, which Swift does not import: here is one function for each type that we use.

static inline CURLcode hemicycle_start_curl(void) {
    return curl_global_init(CURL_GLOBAL_DEFAULT);
}

static inline CURLcode hemicycle_set_number(CURL *transfer, CURLoption option, long value) {
    return curl_easy_setopt(transfer, option, value);
}

/// The text is copied.
static inline CURLcode hemicycle_set_text(CURL *transfer, CURLoption option, const char *text) {
    return curl_easy_setopt(transfer, option, text);
}

/// The list has to outlive the transfer.
static inline CURLcode hemicycle_set_recipients(CURL *transfer, struct curl_slist *recipients) {
    return curl_easy_setopt(transfer, CURLOPT_MAIL_RCPT, recipients);
}

/// What is sent is read from the file.
static inline CURLcode hemicycle_set_source(CURL *transfer, FILE *source) {
    return curl_easy_setopt(transfer, CURLOPT_READDATA, source);
}

/// `watch` is called at least once a second, and ends the transfer by any answer but 0.
static inline CURLcode hemicycle_set_watch(CURL *transfer, curl_xferinfo_callback watch, void *context) {
    CURLcode code = curl_easy_setopt(transfer, CURLOPT_XFERINFOFUNCTION, watch);
    if (code == CURLE_OK) code = curl_easy_setopt(transfer, CURLOPT_XFERINFODATA, context);
    return code == CURLE_OK ? curl_easy_setopt(transfer, CURLOPT_NOPROGRESS, 0L) : code;
}

/// `complaint` has CURL_ERROR_SIZE bytes and outlives the transfer.
static inline CURLcode hemicycle_set_complaint(CURL *transfer, char *complaint) {
    return curl_easy_setopt(transfer, CURLOPT_ERRORBUFFER, complaint);
}

/// The last code that the server answered with; 0 where it answered nothing.
static inline long hemicycle_last_answer(CURL *transfer) {
    long code = 0;
    return curl_easy_getinfo(transfer, CURLINFO_RESPONSE_CODE, &code) == CURLE_OK ? code : 0;
}
