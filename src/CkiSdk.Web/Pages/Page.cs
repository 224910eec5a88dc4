using CkiSdk.Web.Html;

namespace CkiSdk.Web.Pages;

/// <summary>Is one of the pages.</summary>
/// <param name="path">Its path below the root.</param>
/// <param name="title">Its heading.</param>
internal abstract class Page(string path, string title)
{
    /// <summary>Gets its path below the root.</summary>
    public string Path => path;

    /// <summary>Gets its heading.</summary>
    public string Title => title;

    /// <summary>Makes what is below the heading.</summary>
    /// <param name="request">What is asked for.</param>
    public abstract Task<HtmlNode> BodyAsync(PageRequest request);
}
