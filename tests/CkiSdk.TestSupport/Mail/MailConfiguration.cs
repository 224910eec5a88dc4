using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CkiSdk.TestSupport.Mail;

/// <summary>Writes what Exim and Dovecot need to run for an ordinary user in one folder.</summary>
internal static class MailConfiguration
{
    public const string Exim = "/usr/sbin/exim4";
    public const string Dovecot = "/usr/sbin/dovecot";
    public const string Imap = "/usr/lib/dovecot/imap";
    public const string Pop3 = "/usr/lib/dovecot/pop3";
    public const string Lmtp = "/usr/lib/dovecot/lmtp";

    /// <summary>Gets the address at which IMAP is offered without IDLE.</summary>
    public static IPAddress WithoutIdle { get; } = new([127, 0, 0, 2]);

    /// <summary>Gets to whom the servers belong when the tests belong to root, for whom they do not work; null otherwise.</summary>
    public static (string User, string Group)? Owner { get; } = Environment.UserName == "root" ? ("nobody", "nogroup") : null;

    /// <summary>Writes all files.</summary>
    public static void Write(MailSystem system, string folder)
    {
        var (user, group) = Owner ?? (Environment.UserName, ExternalProgram.RunOk("id", ["-gn"]).Text.Trim());
        foreach (var name in new[] { "dovecot", "boxes", "exim" }) Directory.CreateDirectory(Path.Combine(folder, name));
        WriteCertificates(folder);
        File.WriteAllText(Path.Combine(folder, "dovecot.conf"), DovecotText(system, folder, user, group));
        File.WriteAllText(Path.Combine(folder, "exim.conf"), EximText(system, folder, user, group));
        if (Owner is not null) ExternalProgram.RunOk("chown", ["-R", $"{user}:{group}", folder]);
    }

    /// <summary>Reads what the servers have written.</summary>
    public static string Logs(string folder) => string.Join('\n', Directory.GetFiles(folder, "*log", SearchOption.AllDirectories).Select(File.ReadAllText));

    private static void WriteCertificates(string folder)
    {
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authorityRequest = new CertificateRequest("CN=Mail authority,O=Tests", authorityKey, HashAlgorithmName.SHA256);
        authorityRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var (begin, end) = (DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(10));
        using var authority = authorityRequest.CreateSelfSigned(begin, end);

        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(WithoutIdle);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(authority.SubjectName, X509SignatureGenerator.CreateForECDsa(authorityKey), begin, end, [1, .. RandomNumberGenerator.GetBytes(8)]);
        File.WriteAllText(Path.Combine(folder, "authority.pem"), authority.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "server.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "server.key"), key.ExportPkcs8PrivateKeyPem());
    }

    private static string DovecotText(MailSystem system, string folder, string user, string group) =>
        $$"""
        base_dir = {{folder}}/dovecot
        state_dir = {{folder}}/dovecot
        instance_name = cki-test
        log_path = {{folder}}/dovecot.log
        listen = 127.0.0.1, {{WithoutIdle}}
        protocols = imap pop3 lmtp
        default_internal_user = {{user}}
        default_internal_group = {{group}}
        default_login_user = {{user}}
        first_valid_uid = 1
        ssl = required
        ssl_cert = <{{folder}}/server.pem
        ssl_key = <{{folder}}/server.key
        auth_mechanisms = plain login
        auth_failure_delay = 0
        mail_location = maildir:{{folder}}/boxes/%u
        mail_fsync = never
        mail_max_userip_connections = 100
        passdb {
          driver = static
          args = password={{MailSystem.Password}}
        }
        userdb {
          driver = static
          args = uid={{user}} gid={{group}} home={{folder}}/boxes/%u
        }
        local {{WithoutIdle}} {
          protocol imap {
            imap_capability = IMAP4rev1 LITERAL+ UIDPLUS
          }
        }
        service anvil {
          chroot =
          unix_listener anvil-auth-penalty {
            mode = 0
          }
        }
        service imap-login {
          chroot =
          service_count = 0
          inet_listener imap {
            port = {{system.Imap}}
          }
          inet_listener imaps {
            port = {{system.Imaps}}
            ssl = yes
          }
        }
        service pop3-login {
          chroot =
          service_count = 0
          inet_listener pop3 {
            port = {{system.Pop3}}
          }
          inet_listener pop3s {
            port = {{system.Pop3s}}
            ssl = yes
          }
        }

        """;

    private static string EximText(MailSystem system, string folder, string user, string group) =>
        $$$"""
        exim_user = {{{user}}}
        exim_group = {{{group}}}
        primary_hostname = localhost
        spool_directory = {{{folder}}}/exim
        log_file_path = {{{folder}}}/exim/%slog
        pid_file_path = {{{folder}}}/exim/pid
        deliver_drop_privilege = true
        disable_ipv6 = true
        local_interfaces = 127.0.0.1
        daemon_smtp_ports = {{{system.Smtp}}} : {{{system.Smtps}}}
        tls_on_connect_ports = {{{system.Smtps}}}
        tls_advertise_hosts = *
        tls_certificate = {{{folder}}}/server.pem
        tls_privatekey = {{{folder}}}/server.key
        auth_advertise_hosts = ${if eq{$tls_in_cipher}{}{}{*}}
        domainlist ours = {{{MailSystem.Domain}}}
        acl_smtp_rcpt = recipients
        host_lookup =
        keep_environment =
        rfc1413_query_timeout = 0s
        smtp_accept_max = 100
        smtp_accept_queue_per_connection = 0
        message_size_limit = 50M

        begin acl
        recipients:
          deny    message = only users send from here
                  !authenticated = *
          deny    local_parts = nobody
                  message = there is no such user
          accept  domains = +ours
          deny    message = mail for others is not taken

        begin routers
        gone:
          driver = redirect
          local_parts = gone
          data = :fail: the mailbox is gone
          allow_fail = true
        mailboxes:
          driver = accept
          domains = +ours
          transport = dovecot

        begin transports
        dovecot:
          driver = lmtp
          socket = {{{folder}}}/dovecot/lmtp
          user = {{{user}}}
          group = {{{group}}}

        begin retry
        *  *  F,1h,5s

        begin authenticators
        plain:
          driver = plaintext
          public_name = PLAIN
          server_prompts = :
          server_condition = ${if eq{$auth3}{{{{MailSystem.Password}}}}{yes}{no}}
          server_set_id = $auth2
        login:
          driver = plaintext
          public_name = LOGIN
          server_prompts = Username:: : Password::
          server_condition = ${if eq{$auth2}{{{{MailSystem.Password}}}}{yes}{no}}
          server_set_id = $auth1

        """;
}
