namespace CkiSdk.Protocol.Pipeline;

/// <summary>Says what a body does.</summary>
internal enum BodyKind
{
    /// <summary>It asks and is answered.</summary>
    Request,

    /// <summary>It answers.</summary>
    Answer,

    /// <summary>It tells unasked and is not answered.</summary>
    Announcement,
}
