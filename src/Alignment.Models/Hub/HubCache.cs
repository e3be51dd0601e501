using System.Text;

namespace Alignment.Models;

/// <summary>
/// The part of the cache that belongs to one repository, laid out as by huggingface_hub: blobs by hash, snapshots of links to them by
/// commit, refs from a revision to its commit, and trees with the listing of a commit, by which a snapshot is known to be complete.
/// </summary>
internal sealed class HubCache(string folder, string repository, Func<string, string, FileSystemInfo>? link = null)
{
    private readonly Func<string, string, FileSystemInfo> link = link ?? File.CreateSymbolicLink;
    private readonly string name = "models--" + repository.Replace("/", "--", StringComparison.Ordinal);

    public string Root => Path.Combine(folder, name);

    public string Snapshot(string commit) => Path.Combine(Root, "snapshots", commit);

    public string Blob(HubFile file) => Path.Combine(Root, "blobs", file.Hash);

    /// <summary>What an interrupted download left.</summary>
    public string Incomplete(HubFile file) => Blob(file) + ".incomplete";

    public string LockOf(HubFile file) => Path.Combine(folder, ".locks", name, file.Hash + ".lock");

    /// <summary>The commit that a branch or tag meant when it was last downloaded in full.</summary>
    public string? ReadRef(string revision)
    {
        var path = Ref(revision);
        var commit = File.Exists(path) && BoundedFile.Read(path, 1024) is { } bytes ? Encoding.UTF8.GetString(bytes.Span).Trim() : "";
        return HubNames.IsCommit(commit) ? commit : null;
    }

    public void WriteRef(string revision, string commit)
    {
        if (HubNames.IsCommit(revision) || ReadRef(revision) == commit) return;
        Directory.CreateDirectory(Path.GetDirectoryName(Ref(revision))!);
        AtomicFile.Write(Ref(revision), stream => stream.Write(Encoding.ASCII.GetBytes(commit)));
    }

    /// <summary>The listing of a commit; null where there is none that can be read.</summary>
    public HubListing? ReadListing(string commit)
    {
        var path = Tree(commit);
        try
        {
            return File.Exists(path) && BoundedFile.Read(path, HubListing.LargestSize) is { } bytes
                ? HubListingJson.ReadTree(bytes, commit, path)
                : null;
        }
        catch (ModelHubException)
        {
            return null;   // of a later version, or damaged: it is fetched anew
        }
    }

    public void WriteListing(HubListing listing)
    {
        if (ReadListing(listing.Commit) is not null) return;
        Directory.CreateDirectory(Path.GetDirectoryName(Tree(listing.Commit))!);
        HubListingJson.WriteTree(listing, Tree(listing.Commit));
    }

    /// <summary>Whether the snapshot has the file in full. Its hash was checked before it got its name.</summary>
    public bool Holds(string commit, HubFile file) => LengthOf(Pointer(commit, file)) == file.Size;

    public bool HoldsBlob(HubFile file) => LengthOf(Blob(file)) == file.Size;

    /// <summary>Bytes that are still to come before the snapshot has the file.</summary>
    public long BytesToCome(HubFile file) => HoldsBlob(file) ? 0 : file.Size - Math.Min(LengthOf(Incomplete(file)) ?? 0, file.Size);

    /// <summary>Gives the blob its name in the snapshot: a relative link or, where the system has none for us, the file itself.</summary>
    public void Place(string commit, HubFile file)
    {
        if (Holds(commit, file)) return;
        var pointer = Pointer(commit, file);
        var parent = Path.GetDirectoryName(pointer)!;
        Directory.CreateDirectory(parent);
        File.Delete(pointer);
        try
        {
            link(pointer, Path.GetRelativePath(parent, Blob(file)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or PlatformNotSupportedException)
        {
            // Another process may have placed it meanwhile. Moved and not copied, as by huggingface_hub: nobody has the disk for weights twice.
            if (!Holds(commit, file)) File.Move(Blob(file), pointer, overwrite: true);
        }
    }

    private string Ref(string revision) => Path.Combine([Root, "refs", .. revision.Split('/')]);

    private string Tree(string commit) => Path.Combine(Root, "trees", commit + ".json");

    private string Pointer(string commit, HubFile file) => Path.Combine([Snapshot(commit), .. file.Name.Split('/')]);

    // Without opening it: another process may hold it. A link counts by what it leads to.
    private static long? LengthOf(string path)
    {
        var file = new FileInfo(path);
        if (file.LinkTarget is not null) file = (FileInfo)file.ResolveLinkTarget(returnFinalTarget: true)!;
        return file.Exists ? file.Length : null;
    }
}
