using static TorchSharp.torch;

namespace Alignment.Models.Tests;

/// <summary>A save that ends anywhere leaves the old model or the new one, and the user's files.</summary>
/// <remarks>After each step of the disk the folder is what a process that is killed there leaves behind.</remarks>
public sealed class CrashSafetyTests : IDisposable
{
    private const string ConfigText = "config.json";

    private readonly TemporaryFolder folder = new();

    private string Target => folder.File("model");

    /// <summary>Largest shards of the old model and of the new; one file, three files, other files of the same names.</summary>
    public static TheoryData<long, long> Shards => new() { { long.MaxValue, long.MaxValue }, { 9000, long.MaxValue }, { long.MaxValue, 9000 }, { 9000, 9000 } };

    [Theory, MemberData(nameof(Shards))]
    public void Exchanged_folders_hold_the_old_model_or_the_new_at_every_step(long oldShards, long newShards)
    {
        if (!CanExchange()) return;   // the other way is taken there, and tested below
        using var old = Saved(1, oldShards);
        var staged = Staged(2, newShards, out var replacement);
        Assert.Equal(1, Loaded());
        foreach (var _ in FolderSwap.Steps(staged, Target)) Assert.Equal(2, Loaded());
        Assert.Equal(["model"], Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName));
        AssertSame(replacement);
        replacement.Dispose();
    }

    [Theory, MemberData(nameof(Shards))]
    public void Files_replaced_one_by_one_are_never_taken_for_a_model_until_all_are_there(long oldShards, long newShards)
    {
        using var old = Saved(1, oldShards);
        var staged = Staged(2, newShards, out var replacement);
        Assert.Equal(1, Loaded());
        var isComplete = false;
        foreach (var step in FolderSwap.Steps(staged, Target, mayExchange: false))
        {
            Assert.False(isComplete);
            isComplete = step == ConfigText;
            if (isComplete) Assert.Equal(2, Loaded());
            else Assert.ThrowsAny<FileNotFoundException>(() => PretrainedModel.Load(Target));
            Assert.True(isComplete || File.Exists(Path.Combine(staged, ConfigText)));   // with it a person can finish
        }
        Assert.True(isComplete);
        Assert.Equal(["model"], Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName));
        AssertSame(replacement);
        replacement.Dispose();
    }

    [Fact]
    public void A_new_folder_appears_whole()
    {
        var staged = Staged(2, 9000, out var model);
        using var _ = model;
        Assert.False(Directory.Exists(Target));
        foreach (var step in FolderSwap.Steps(staged, Target)) AssertSame(model);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void What_else_the_folder_held_is_still_there(bool mayExchange)
    {
        using var old = Saved(1, long.MaxValue);
        File.WriteAllText(Path.Combine(Target, "tokenizer.json"), "{}");
        File.WriteAllText(Path.Combine(Target, "notes.txt"), "mine");
        Directory.CreateDirectory(Path.Combine(Target, "checkpoint-5", "deep"));
        File.WriteAllText(Path.Combine(Target, "checkpoint-5", "deep", "optimizer.pt"), "state");
        File.CreateSymbolicLink(Path.Combine(Target, "dangling"), "nowhere");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Target, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var staged = Staged(2, 9000, out var model);
        using var _ = model;
        foreach (var step in FolderSwap.Steps(staged, Target, mayExchange)) Assert.Equal("{}", File.ReadAllText(Path.Combine(Target, "tokenizer.json")));
        Assert.Equal("mine", File.ReadAllText(Path.Combine(Target, "notes.txt")));
        Assert.Equal("state", File.ReadAllText(Path.Combine(Target, "checkpoint-5", "deep", "optimizer.pt")));
        Assert.Equal("nowhere", new FileInfo(Path.Combine(Target, "dangling")).LinkTarget);
        Assert.Equal(["model"], Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName));
        Assert.DoesNotContain("model.safetensors", Directory.GetFiles(Target).Select(Path.GetFileName));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Target));
    }

    [Fact]
    public void What_a_killed_save_left_confuses_neither_loading_nor_the_next_save()
    {
        using var old = Saved(1, long.MaxValue);
        Staged(2, 9000, out var unfinished);
        unfinished.Dispose();
        Directory.CreateDirectory(Path.Combine(Target, "model.abc.tmp"));
        File.WriteAllText(Path.Combine(Target, "model.safetensors.abc.tmp"), "half");
        AssertSame(old);
        using var next = Saved(3, long.MaxValue);
        AssertSame(next);
    }

    [Fact]
    public void The_current_folder_of_the_process_stays_the_folder_of_that_name()
    {
        using var old = Saved(1, long.MaxValue);
        var before = Environment.CurrentDirectory;
        try
        {
            Environment.CurrentDirectory = Target;
            using var model = DecoderModel.FromScratch(TinyLlama.Config, 2);
            model.SavePretrained(".");
            AssertSame(model);
            Assert.True(File.Exists(ConfigText));
        }
        finally
        {
            Environment.CurrentDirectory = before;
        }
    }

    [Fact]
    public void A_link_to_a_folder_is_followed()
    {
        using var old = Saved(1, long.MaxValue);
        Directory.CreateSymbolicLink(folder.File("latest"), "model");
        using var model = DecoderModel.FromScratch(TinyLlama.Config, 2);
        model.SavePretrained(folder.File("latest"));
        AssertSame(model);
        Assert.Equal("model", new FileInfo(folder.File("latest")).LinkTarget);
    }

    [Fact]
    public void A_file_in_the_way_is_found_before_anything_is_written()
    {
        folder.Write("model", "");
        using var model = DecoderModel.FromScratch(TinyLlama.Config, 2);
        Assert.Equal($"{Target}: must be a folder; is a file.", Assert.Throws<IOException>(() => model.SavePretrained(Target)).Message);
        Assert.Equal(["model"], Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void A_model_that_cannot_be_put_in_its_place_is_kept_and_named()
    {
        Directory.CreateDirectory(Path.Combine(Target, ConfigText));   // a folder where the file belongs
        var staged = Staged(2, 9000, out var model);
        using var _ = model;
        var message = Assert.Throws<IOException>(() => ModelFolder.Place(staged, Target, mayExchange: false)).Message;
        Assert.StartsWith($"{Target}: the new model is complete in '{staged}', but could not be put in its place. ", message, StringComparison.Ordinal);
        AssertSame(model, staged);
    }

    public void Dispose() => folder.Dispose();

    private bool CanExchange()
    {
        var (one, two) = (Directory.CreateDirectory(folder.File("one")).FullName, Directory.CreateDirectory(folder.File("two")).FullName);
        var can = Disk.TryExchange(one, two);
        Directory.Delete(one);
        Directory.Delete(two);
        return can;
    }

    // Each model's norm epsilon is its number, so that the configuration tells the models apart too.
    private static DecoderModel Model(int number) => DecoderModel.FromScratch(TinyLlama.Config with { NormEpsilon = number }, number);

    private DecoderModel Saved(int number, long shards)
    {
        var model = Model(number);
        model.SavePretrained(Target, shards);
        return model;
    }

    private string Staged(int number, long shards, out DecoderModel model)
    {
        model = Model(number);
        return ModelFolder.Stage(model.Config, model, Target, shards, null);
    }

    /// <summary>The number of the model in the folder, of which everything is that model's.</summary>
    private int Loaded()
    {
        using var loaded = PretrainedModel.Load(Target);
        var number = (int)loaded.Config.NormEpsilon;
        using var expected = Model(number);
        AssertSame(expected, loaded);
        return number;
    }

    private void AssertSame(DecoderModel expected, string? path = null)
    {
        using var loaded = PretrainedModel.Load(path ?? Target);
        AssertSame(expected, loaded);
    }

    private static void AssertSame(DecoderModel expected, DecoderModel actual)
    {
        using var scope = NewDisposeScope();
        Assert.Equal(
            expected.named_parameters().Select(entry => (entry.name, Convert.ToHexString(entry.parameter.detach().bytes))),
            actual.named_parameters().Select(entry => (entry.name, Convert.ToHexString(entry.parameter.detach().bytes))));
    }
}
