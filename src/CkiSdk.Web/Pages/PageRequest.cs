using CkiSdk.Storage;
using CkiSdk.Web.Access;
using Microsoft.AspNetCore.Http;

namespace CkiSdk.Web.Pages;

/// <summary>Is a page that is asked for.</summary>
/// <param name="Context">The request.</param>
/// <param name="Visitor">Whose.</param>
/// <param name="Root">The path below which the pages are.</param>
/// <param name="Names">Shows names.</param>
/// <param name="Tokens">Makes the tokens of forms.</param>
/// <param name="Now">The present.</param>
internal sealed record PageRequest(HttpContext Context, Visitor Visitor, string Root, KnownNames Names, FormTokens Tokens, DateTimeOffset Now)
{
    /// <summary>Gets what cancels the answer.</summary>
    public CancellationToken Cancel => Context.RequestAborted;

    /// <summary>Gets the number of the page of a long table, from 1 on.</summary>
    public int Number => int.TryParse(this["page"], out var number) && number is >= 1 and <= 1_000_000 ? number : 1;

    /// <summary>Gets a value of the query; empty where it is missing or there more than once.</summary>
    /// <param name="name">Its name.</param>
    public string this[string name] => Context.Request.Query.TryGetValue(name, out var values) && values is [{ } value] ? value : "";

    /// <summary>Makes the address of a page.</summary>
    /// <param name="path">Its path below the root.</param>
    public string Address(string path) => $"{Root}{path}";
}
