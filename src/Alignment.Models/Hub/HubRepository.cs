namespace Alignment.Models;

/// <summary>A repository and its addresses at a hub.</summary>
internal sealed record HubRepository(Uri Endpoint, string Id)
{
    /// <summary>The page where a person reads about the model and accepts its licence.</summary>
    public Uri Page => Under(Id);

    public Uri Listing(string revision) => Under($"api/models/{Id}/revision/{Uri.EscapeDataString(revision)}?blobs=true");

    public Uri File(string commit, string name) =>
        Under($"{Id}/resolve/{commit}/{string.Join('/', name.Split('/').Select(Uri.EscapeDataString))}");

    private Uri Under(string path) => new($"{Endpoint.AbsoluteUri.TrimEnd('/')}/{path}");
}
