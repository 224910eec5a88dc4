using CkiSdk.Cli.Homes;
using CkiSdk.Cli.Invocation;
using CkiSdk.Pki.Certificates;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Cli.Stores;

/// <summary>Takes over what homes of before kept in files: users' certificates and the cards of others, which are in the store now. Nothing of the store is replaced by what is older.</summary>
internal static class FormerFiles
{
    private const string Users = "users";
    private const string Cards = "peers";
    private const string Taken = "taken-over";

    /// <summary>The folders of a home in which they were; backups of before have them.</summary>
    public static readonly string[] Folders = [Cards, Users];

    /// <summary>Tells whether a file of one of these folders is what is taken over from there.</summary>
    /// <param name="folder">The name of the folder.</param>
    /// <param name="name">The name of the file.</param>
    public static bool Holds(string folder, string name) => folder == Users ? Path.GetExtension(name) == ".pem" : Path.GetExtension(name) is ".json" or ".route";

    /// <summary>Takes them over and puts the files aside, once.</summary>
    /// <param name="home">The home.</param>
    /// <param name="store">Its store.</param>
    /// <param name="cancellationToken">Stops it; the next time goes on.</param>
    /// <exception cref="CommandException">A file cannot be read; nothing was taken over.</exception>
    public static async Task TakeOverAsync(Home home, ICmaStore store, CancellationToken cancellationToken)
    {
        var files = Folders.Select(home.PathOf).Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFiles(folder)).ToArray();
        if (files.Length == 0)
        {
            return;
        }

        try
        {
            await TakeOverAsync(home, store, files, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException or CommandException { ExitCode: ExitCodes.NotFound })
        {
            // Another process was quicker: what it has put aside is in the store.
        }
    }

    private static async Task TakeOverAsync(Home home, ICmaStore store, string[] files, CancellationToken cancellationToken)
    {
        var users = await NewerUsersAsync(files.Where(file => file.EndsWith(".pem", StringComparison.Ordinal)), store, cancellationToken).ConfigureAwait(false);
        var cards = await NewerCardsAsync(files.Where(file => file.EndsWith(".json", StringComparison.Ordinal)), store, home, cancellationToken).ConfigureAwait(false);
        if (users.Count + cards.Count > 0)
        {
            var entry = new AuditEntry(
                TimeProvider.System.GetUtcNow(), "store.files", home.Name.Canonical, $"taken over from files of the home: authentication certificates of {users.Count} users, cards of {cards.Count} parties");
            await store.CommitAsync(UnitOfWork.Of([.. users, .. cards, new StoreChange.Audit(entry)]), cancellationToken).ConfigureAwait(false);
        }

        PutAside(home, files);
    }

    // Who is not enrolled in the store is not by a file.
    private static async Task<IReadOnlyList<StoreChange>> NewerUsersAsync(IEnumerable<string> files, ICmaStore store, CancellationToken cancellationToken)
    {
        var changes = new List<StoreChange>();
        foreach (var file in files)
        {
            var certificate = ReadUser(file);
            var known = await store.FindUserAsync(certificate.Subject.Canonical, cancellationToken).ConfigureAwait(false);
            if (known is { AuthenticationCertificate.IsEmpty: true } || (known is not null && Certificate.Decode(known.AuthenticationCertificate).NotBefore < certificate.NotBefore))
            {
                changes.Add(UserCertificates.Change(certificate));
            }
        }

        return changes;
    }

    // A file that cannot be read let nobody in; to leave it out would let the certificates before in.
    private static Certificate ReadUser(string file)
    {
        try
        {
            return Certificate.FromPem(File.ReadAllText(file));
        }
        catch (FormatException exception)
        {
            throw CommandException.Usage($"{file} cannot be used: {exception.Message.TrimEnd('.')}. Restore it, or delete it and enrol its user anew.", exception);
        }
    }

    private static async Task<IReadOnlyList<StoreChange>> NewerCardsAsync(IEnumerable<string> files, ICmaStore store, Home home, CancellationToken cancellationToken)
    {
        var known = (await new PeerCards(store, home.Name).ListAsync(cancellationToken).ConfigureAwait(false)).ToDictionary(card => card.Card.Name, card => card.Card, StringComparer.Ordinal);
        var changes = new List<StoreChange>();
        foreach (var file in files)
        {
            var card = PartyCard.Read(file);
            var route = Path.ChangeExtension(file, ".route");
            if (!known.TryGetValue(card.Name, out var stored) || MadeAt(stored) < MadeAt(card))
            {
                changes.Add(PeerCards.Change(card, File.Exists(route) ? (await File.ReadAllTextAsync(route, cancellationToken).ConfigureAwait(false)).Trim() : null));
            }
        }

        return changes;
    }

    private static DateTimeOffset MadeAt(PartyCard card) => new[] { card.Certificate, card.Authority, card.Encryption }.Max(pem => PartyCard.ToCertificate(pem).NotBefore);

    // Where that is not permitted they stay, and are looked at once more the next time.
    private static void PutAside(Home home, IEnumerable<string> files)
    {
        try
        {
            foreach (var file in files)
            {
                var target = home.PathOf(Path.Combine(Taken, Path.GetRelativePath(home.Root, file)));
                Home.MakeFolder(Path.GetDirectoryName(target)!);
                File.Move(file, target, overwrite: true);
            }

            foreach (var folder in Folders.Select(home.PathOf).Where(folder => Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any()))
            {
                Directory.Delete(folder);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Another process is at it, or the home is read-only.
        }
    }
}
