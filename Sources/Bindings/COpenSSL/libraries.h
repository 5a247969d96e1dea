#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>
#include <stdint.h>
#include <sys/time.h>

// What OpenSSL writes as macros that Swift does not import.

/// The MTU is ours to say, a peer may not renegotiate (RFC 8827 §6.5), and nothing is resumed.
static const uint64_t HEMICYCLE_DTLS_OPTIONS = SSL_OP_NO_QUERY_MTU | SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_TICKET;

/// How long the flight that is out may still take, in microseconds; negative where none is out.
static inline int64_t hemicycle_dtls_timeout(SSL *ssl) {
    struct timeval left;
    return DTLSv1_get_timeout(ssl, &left) ? (int64_t)left.tv_sec * 1000000 + left.tv_usec : -1;
}

/// The digest that a message authentication is to use. The key of a parameter is not copied, so it has to be C's own text.
static inline OSSL_PARAM hemicycle_digest_parameter(char *name) {
    return OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name, 0);
}
