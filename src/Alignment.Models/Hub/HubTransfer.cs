using System.Globalization;
using System.Net;

namespace Alignment.Models;

/// <summary>Fetches one file of a commit into the cache: resumed where it broke off, and under its name only when its hash is right.</summary>
internal sealed class HubTransfer(
    HubClient client, HubRepository repository, HubCache cache, string commit, ProgressMeter meter, Retry retry, TimeProvider time)
{
    private const int BufferSize = 1 << 17;

    public async Task FetchAsync(HubFile file, CancellationToken cancellationToken)
    {
        await using (await FileLock.TakeAsync(cache.LockOf(file), time, cancellationToken).ConfigureAwait(false))
        {
            if (!cache.Holds(commit, file) && !cache.HoldsBlob(file)) await DownloadAsync(file, cancellationToken).ConfigureAwait(false);
            cache.Place(commit, file);
        }
        meter.Completed(file);
    }

    private async Task DownloadAsync(HubFile file, CancellationToken cancellationToken)
    {
        var path = cache.Incomplete(file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        string hash;
        await using (var partial = await PartialFile.OpenAsync(file, path, cancellationToken).ConfigureAwait(false))
        {
            hash = await FillAsync(file, partial, cancellationToken).ConfigureAwait(false);
            if (hash != file.Hash && partial.IsResumed)
            {
                // What an earlier process left may be damaged, for example by a loss of power.
                partial.Restart();
                hash = await FillAsync(file, partial, cancellationToken).ConfigureAwait(false);
            }
        }
        if (hash != file.Hash)
        {
            File.Delete(path);
            throw new ModelHubException(
                $"{repository.Id}: '{file.Name}' must have the {file.HashName} {file.Hash}; what came has {hash}. It was deleted.");
        }
        File.Move(path, cache.Blob(file), overwrite: true);
    }

    private async Task<string> FillAsync(HubFile file, PartialFile partial, CancellationToken cancellationToken)
    {
        if (partial.Length < file.Size)
            await retry.RunAsync(
                () => AppendAsync(file, partial, cancellationToken), position: () => partial.Length, cancellationToken).ConfigureAwait(false);
        return partial.Hash();
    }

    private async Task AppendAsync(HubFile file, PartialFile partial, CancellationToken cancellationToken)
    {
        var address = repository.File(commit, file.Name);
        using var response = await client.GetAsync(repository, address, partial.Length, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            partial.Restart();
            throw new TransientException($"{HubClient.Shown(address)}: answered 416 to a request for the rest.");
        }
        if (response.StatusCode == HttpStatusCode.OK && partial.Length > 0) partial.Restart();   // the server knows no ranges
        RequireAnnounced(response, file, partial.Length);

        using var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var buffer = new byte[BufferSize];
        for (int count; (count = await client.ReadAsync(body, buffer, address, cancellationToken).ConfigureAwait(false)) > 0;)
        {
            if (partial.Length + count > file.Size) throw Wrong(file, "more came");
            await partial.AppendAsync(buffer.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
            meter.Moved(file, partial.Length);
        }
        if (partial.Length < file.Size)
            throw new TransientException(string.Create(CultureInfo.InvariantCulture,
                $"{HubClient.Shown(address)}: ended after {partial.Length} of {file.Size} bytes."));
    }

    private void RequireAnnounced(HttpResponseMessage response, HubFile file, long start)
    {
        var content = response.Content.Headers;
        if (content.ContentEncoding.FirstOrDefault(coding => coding != "identity") is { } encoding)
            throw new ModelHubException(
                $"{repository.Id}: '{file.Name}' must come as it is, which was asked for; came as {SafetensorsException.Quoted(encoding)}.");
        if (response.StatusCode == HttpStatusCode.PartialContent && content.ContentRange?.From != start)
            throw Wrong(file, string.Create(CultureInfo.InvariantCulture,
                $"asked for those from {start}, the server sent those from {content.ContentRange?.From}"));
        if (content.ContentLength is { } length && start + length != file.Size)
            throw Wrong(file, string.Create(CultureInfo.InvariantCulture, $"the server announced {start + length}"));
    }

    private ModelHubException Wrong(HubFile file, string came) => new(string.Create(CultureInfo.InvariantCulture,
        $"{repository.Id}: '{file.Name}' must have the {file.Size} bytes that the hub lists; {came}."));
}
