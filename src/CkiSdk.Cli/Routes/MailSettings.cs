using System.Text.Json.Serialization;

namespace CkiSdk.Cli.Routes;

/// <summary>Is the file with the settings of an account of mail. It holds no secret: the password is in another file, or in the environment.</summary>
internal sealed record MailSettings
{
    /// <summary>The name of the file in a home that is used where no other one is named.</summary>
    public const string FileName = "mail.json";

    /// <summary>The version that this program reads.</summary>
    public const int CurrentVersion = 1;

    /// <summary>Gets the version of the file.</summary>
    public required int Version { get; init; }

    /// <summary>Gets the address of the account.</summary>
    public required string Address { get; init; }

    /// <summary>Gets the server that takes mail.</summary>
    public required MailServerSettings Outgoing { get; init; }

    /// <summary>Gets the server that holds the mailbox.</summary>
    public required MailServerSettings Incoming { get; init; }

    /// <summary>Gets <c>imap</c> or <c>pop3</c>; null for the former.</summary>
    public string? Protocol { get; init; }

    /// <summary>Gets the name with which to log in; null for the address.</summary>
    public string? User { get; init; }

    /// <summary>Gets the file whose first line is the password, which only its owner may read.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>Gets the environment variable that holds the password.</summary>
    public string? PasswordEnv { get; init; }

    /// <summary>Gets a file of certificates in PEM: the authorities that may have certified the servers. Null for those of the system.</summary>
    public string? Authorities { get; init; }

    /// <summary>Gets the folder of the mailbox that is read, over IMAP; null for the inbox.</summary>
    public string? Folder { get; init; }

    /// <summary>Gets the folder for messages that were dealt with, over IMAP; null to delete them.</summary>
    public string? DoneFolder { get; init; }

    /// <summary>Gets the folder for messages that nothing could answer, over IMAP; null for the usual one.</summary>
    public string? FailedFolder { get; init; }

    /// <summary>Gets how many seconds pass between two looks where the server does not tell of new mail; null for what is usual.</summary>
    public int? PollSeconds { get; init; }
}

/// <summary>Says how one server is reached.</summary>
internal sealed record MailServerSettings
{
    /// <summary>Gets the host, which the server's certificate must name.</summary>
    public required string Host { get; init; }

    /// <summary>Gets the port; null for the registered one.</summary>
    public int? Port { get; init; }

    /// <summary>Gets <c>starttls</c>, <c>tls</c>, or, to this machine alone, <c>plain</c>; null for the first.</summary>
    public string? Security { get; init; }
}

/// <summary>Reads the file without reflection; what is unknown is an error, because it could be a misspelt word.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(MailSettings))]
internal sealed partial class MailJson : JsonSerializerContext;
