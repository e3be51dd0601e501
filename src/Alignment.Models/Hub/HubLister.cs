using System.Globalization;

namespace Alignment.Models;

/// <summary>Asks the hub which commit a revision is, and which files it has.</summary>
internal sealed class HubLister(HubClient client, Retry retry)
{
    /// <exception cref="ModelHubException">The hub refuses, or its answer is too long, no listing, or one of another commit.</exception>
    public async Task<HubListing> ListAsync(HubRepository repository, string revision, CancellationToken cancellationToken)
    {
        var address = repository.Listing(revision);
        ReadOnlyMemory<byte> json = default;
        await retry.RunAsync(
            async () => json = await ReadAsync(repository, address, cancellationToken).ConfigureAwait(false),
            position: () => 0, cancellationToken).ConfigureAwait(false);
        var listing = HubListingJson.ReadAnswer(json, HubClient.Shown(address));
        return !HubNames.IsCommit(revision) || listing.Commit == revision
            ? listing
            : throw new ModelHubException($"{repository.Id}: the hub must list commit {revision}, which was asked for; listed {listing.Commit}.");
    }

    private async Task<byte[]> ReadAsync(HubRepository repository, Uri address, CancellationToken cancellationToken)
    {
        using var response = await client.GetAsync(repository, address, 0, cancellationToken).ConfigureAwait(false);
        using var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        using var bytes = new MemoryStream();
        var buffer = new byte[1 << 14];
        for (int count; (count = await client.ReadAsync(body, buffer, address, cancellationToken).ConfigureAwait(false)) > 0;)
        {
            if (bytes.Length + count > HubListing.LargestSize)
                throw new ModelHubException(string.Create(CultureInfo.InvariantCulture,
                    $"{HubClient.Shown(address)}: a listing must have at most {HubListing.LargestSize >> 20} MiB."));
            bytes.Write(buffer, 0, count);
        }
        return bytes.ToArray();
    }
}
