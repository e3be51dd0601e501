using System.Globalization;
using static TorchSharp.torch;

namespace Alignment.Models;

/// <summary>Downloads models from huggingface.co, or a hub like it, into the cache that Python's huggingface_hub shares.</summary>
/// <remarks>
/// Files are those of one commit, and each is checked: large ones against the SHA-256 that the hub lists, small ones against git's id.
/// A download that breaks off goes on where it stopped, now or in the next process. A commit whose files are all in the cache needs no
/// request.
/// </remarks>
public sealed class ModelHub : IDisposable
{
    /// <summary>The revision that is downloaded where none is named.</summary>
    public const string DefaultRevision = "main";

    private readonly ModelHubOptions options;
    private readonly TimeProvider time;
    private readonly HubClient client;
    private readonly Retry retry;

    /// <summary>A hub.</summary>
    /// <param name="options">By default those of the environment.</param>
    /// <param name="handler">Sends the requests and isn't disposed here; it must not follow redirects itself. One of its own by default.</param>
    /// <param name="time">The clock of waits; the system's by default.</param>
    public ModelHub(ModelHubOptions? options = null, HttpMessageHandler? handler = null, TimeProvider? time = null)
    {
        this.options = options ?? new ModelHubOptions();
        this.time = time ?? TimeProvider.System;
        client = new HubClient(this.options, handler, this.time);
        retry = new Retry(this.options.Retries, this.time);
    }

    /// <summary>Loads a model from a folder, or from a repository, which is downloaded first.</summary>
    /// <param name="name">A folder that exists, else a repository such as "Qwen/Qwen3-0.6B".</param>
    /// <param name="revision">Branch, tag or commit of a repository. Only a commit always means the same weights.</param>
    /// <param name="dataType">Type of the weights in memory; by default that of config.json, or float32 where it names none.</param>
    /// <param name="device">Where the weights go; the CPU by default.</param>
    /// <param name="options">By default those of the environment.</param>
    /// <param name="progress">Hears of the download.</param>
    /// <param name="cancellationToken">Ends the download; what came stays for the next one.</param>
    /// <returns>The model, to be disposed.</returns>
    /// <exception cref="ArgumentException">The name is neither a folder nor that of a repository, or the revision can't be one.</exception>
    /// <exception cref="ModelHubException">The model can't be had.</exception>
    /// <exception cref="ModelFormatException">config.json is malformed or out of range.</exception>
    /// <exception cref="UnsupportedModelException">The architecture or a setting isn't supported.</exception>
    /// <exception cref="SafetensorsException">A weight file is malformed, missing or unsafe.</exception>
    /// <exception cref="WeightMismatchException">The weights are not those that config.json describes.</exception>
    /// <exception cref="IOException">A file can't be read or written.</exception>
    public static async Task<DecoderModel> FromPretrainedAsync(
        string name,
        string revision = DefaultRevision,
        ScalarType? dataType = null,
        Device? device = null,
        ModelHubOptions? options = null,
        IProgress<DownloadProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (Directory.Exists(name)) return PretrainedModel.Load(name, dataType, device);
        using var hub = new ModelHub(options);
        var folder = await hub.DownloadAsync(name, revision, progress, cancellationToken).ConfigureAwait(false);
        return PretrainedModel.Load(folder, dataType, device);
    }

    /// <summary>Brings the files of a repository that match <see cref="ModelHubOptions.Patterns"/> into the cache.</summary>
    /// <param name="repository">For example "Qwen/Qwen3-0.6B".</param>
    /// <param name="revision">Branch, tag or commit. Only a commit always means the same files.</param>
    /// <param name="progress">Hears of it at most ten times a second and once for each complete file, from any thread, one call at a time.</param>
    /// <param name="cancellationToken">Ends the download; what came stays for the next one.</param>
    /// <returns>The folder of the snapshot, which is complete.</returns>
    /// <exception cref="ArgumentException">The name can't be that of a repository, or the revision can't be one.</exception>
    /// <exception cref="ModelHubException">A file can't be had: refused, missing, damaged on the way, unsafe, or not in the cache when offline.</exception>
    /// <exception cref="IOException">A file can't be written.</exception>
    public async Task<string> DownloadAsync(
        string repository,
        string revision = DefaultRevision,
        IProgress<DownloadProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(repository);
        ArgumentNullException.ThrowIfNull(revision);
        if (!HubNames.IsRepository(repository))
            throw new ArgumentException(
                $"A model must be a folder that exists or a repository such as 'org/name'; was {SafetensorsException.Quoted(repository)}.",
                nameof(repository));
        if (!HubNames.IsRevision(revision))
            throw new ArgumentException(
                $"A revision must be a branch, a tag or a commit; was {SafetensorsException.Quoted(revision)}.", nameof(revision));

        var cache = new HubCache(options.CacheFolder, repository);
        if (options.IsOffline) return OfflineSnapshot.Find(cache, repository, revision, options.Patterns);
        var source = new HubRepository(options.Endpoint, repository);
        var listing = HubNames.IsCommit(revision) ? cache.ReadListing(revision) : null;
        listing ??= await new HubLister(client, retry).ListAsync(source, revision, cancellationToken).ConfigureAwait(false);
        var wanted = listing.Wanted(repository, options.Patterns);
        cache.WriteListing(listing);   // before the first file: from now on the snapshot is known to be incomplete
        await FetchAsync(cache, source, listing.Commit, wanted, progress, cancellationToken).ConfigureAwait(false);
        cache.WriteRef(revision, listing.Commit);   // after the last: offline, a branch means what is there in full
        return cache.Snapshot(listing.Commit);
    }

    /// <summary>Closes connections.</summary>
    public void Dispose() => client.Dispose();

    private async Task FetchAsync(
        HubCache cache, HubRepository source, string commit, IReadOnlyList<HubFile> wanted,
        IProgress<DownloadProgress>? progress, CancellationToken cancellationToken)
    {
        var missing = wanted.Where(file => !cache.Holds(commit, file)).ToArray();
        RequireSpace(cache, source.Id, missing.Sum(cache.BytesToCome));
        var total = wanted.Sum(file => file.Size);
        var meter = new ProgressMeter(progress, total - missing.Sum(file => file.Size), total, time);
        var transfer = new HubTransfer(client, source, cache, commit, meter, retry, time);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Connections, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(missing, parallel, (file, token) => new ValueTask(transfer.FetchAsync(file, token))).ConfigureAwait(false);
    }

    private static void RequireSpace(HubCache cache, string repository, long bytes)
    {
        if (bytes > 0 && FreeBytes(cache.Root) is { } free && free < bytes)
            throw new ModelHubException(string.Create(CultureInfo.InvariantCulture,
                $"{repository}: '{cache.Root}' must have room for {bytes} bytes; {free} are free."));
    }

    private static long? FreeBytes(string folder)
    {
        try
        {
            return new DriveInfo(OperatingSystem.IsWindows() ? Path.GetPathRoot(folder)! : folder).AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;   // a network share, for example
        }
    }
}
