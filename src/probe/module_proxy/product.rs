//! Which product answers as a module proxy, where its headers or its URL show it.

use crate::facts::module_proxy::Product;
use crate::model::transport::HttpAnswer;

/// The product behind an answer. Nothing is decided by it; it makes fixes concrete.
#[must_use]
pub fn product(http: &HttpAnswer, path: &str) -> Option<Product> {
    let has = |name: &str| http.header(name).is_some();
    let header = |name: &str| http.header(name).unwrap_or_default().to_ascii_lowercase();
    let server = header("server");
    if has("x-jfrog-version") || has("x-artifactory-id") || server.contains("artifactory") || path.contains("/api/go/")
    {
        Some(Product::Artifactory)
    } else if server.contains("nexus") || path.contains("/repository/") && has("x-content-type-options") {
        Some(Product::Nexus)
    } else if has("x-gitlab-meta") || path.contains("/-/packages/go") || path.contains("/packages/go") {
        Some(Product::Gitlab)
    } else if has("athens-request-id") || server.contains("athens") {
        Some(Product::Athens)
    } else if server.contains("goproxy") {
        Some(Product::Goproxy)
    } else {
        None
    }
}
