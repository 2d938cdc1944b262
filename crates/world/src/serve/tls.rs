//! A throw-away authority and one certificate a service.

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose,
};
use rustls::crypto::ring::{default_provider, sign::any_ecdsa_type};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use rustls_pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

use crate::Error;
use crate::model::World;

/// Names before a host that lead to the same service.
pub(crate) const HOST_PREFIXES: [&str; 3] = ["", "m.", "www."];

/// Chooses the certificate by the name that the client asks for; an unknown name gets none.
#[derive(Debug)]
struct ByName(HashMap<String, Arc<CertifiedKey>>);

impl ResolvesServerCert for ByName {
    fn resolve(&self, hello: ClientHello) -> Option<Arc<CertifiedKey>> {
        self.0.get(&hello.server_name()?.to_ascii_lowercase()).cloned()
    }
}

/// Makes the authority, writes its certificate to `ca_path` as PEM, and gives the configuration of the listener.
/// The key of the authority is forgotten.
pub(crate) fn server(world: &World, ca_path: &Path) -> Result<rustls::ServerConfig, Error> {
    let ca_key = KeyPair::generate().map_err(Error::bug)?;
    let mut params = CertificateParams::new(Vec::<String>::new()).map_err(Error::bug)?;
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages =
        vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign, KeyUsagePurpose::DigitalSignature];
    params.distinguished_name.push(DnType::CommonName, "Throw-away authority of a synthetic world");
    let ca = params.self_signed(&ca_key).map_err(Error::bug)?;
    fs::write(ca_path, ca.pem()).map_err(Error::io(ca_path.display()))?;
    let issuer = Issuer::new(params, ca_key);

    let leaf_key = KeyPair::generate().map_err(Error::bug)?;
    let der = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(leaf_key.serialize_der()));
    let signer = any_ecdsa_type(&der).map_err(Error::bug)?;
    let mut names = HashMap::new();
    for service in &world.services {
        let hosts: Vec<String> =
            HOST_PREFIXES.iter().map(|prefix| format!("{prefix}{}", service.host)).collect();
        let mut params = CertificateParams::new(hosts.clone()).map_err(Error::bug)?;
        params.distinguished_name.push(DnType::CommonName, service.host.as_str());
        params.use_authority_key_identifier_extension = true;
        params.extended_key_usages.push(ExtendedKeyUsagePurpose::ServerAuth);
        let leaf = params.signed_by(&leaf_key, &issuer).map_err(Error::bug)?;
        let certified = Arc::new(CertifiedKey::new(vec![leaf.der().clone()], signer.clone()));
        names.extend(hosts.into_iter().map(|host| (host, certified.clone())));
    }
    let mut config = rustls::ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(Error::bug)?
        .with_no_client_auth()
        .with_cert_resolver(Arc::new(ByName(names)));
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
}

/// The configuration of a client that trusts the authority of one PEM file only.
pub(crate) fn client(ca_path: &Path) -> Result<rustls::ClientConfig, Error> {
    use rustls_pki_types::pem::PemObject;
    let certificate = rustls_pki_types::CertificateDer::from_pem_file(ca_path)
        .map_err(|e| Error::File { place: ca_path.display().to_string(), reason: e.to_string() })?;
    let mut roots = rustls::RootCertStore::empty();
    roots.add(certificate).map_err(Error::bug)?;
    Ok(rustls::ClientConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(Error::bug)?
        .with_root_certificates(roots)
        .with_no_client_auth())
}
