using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Alignment.Tests.House;

/// <summary>The rules of who may use whom, read from project files and using lines.</summary>
public sealed partial class ReferencesTests
{
    private static string Root => Repository.Root;

    public static TheoryData<string, string[], string[]> Assemblies => new()
    {
        { "Alignment", [], ["TorchSharp", "Microsoft.Extensions.Logging.Abstractions"] },
        { "Alignment.Models", ["Alignment"], ["TorchSharp", "Microsoft.Extensions.AI.Abstractions"] },
        { "Alignment.Data", ["Alignment"], ["Microsoft.ML.Tokenizers", "Parquet.Net"] },
        { "Alignment.Feedback", ["Alignment"], ["Microsoft.Extensions.AI", "Microsoft.Extensions.AI.Abstractions", "Microsoft.Extensions.AI.OpenAI", "Microsoft.Extensions.Logging.Abstractions", "OpenAI", "YamlDotNet"] },
    };

    public static TheoryData<string, string> ForbiddenUsings => new()
    {
        { "src/Alignment/Losses", @"Alignment\.(Training|Evaluation|Generation|Data|Models|Feedback)|Microsoft\.Extensions" },
        { "src/Alignment/Rl", @"Alignment\.(Training|Evaluation|Generation|Data|Models|Feedback)|Microsoft\.Extensions" },
        { "src/Alignment/LogProbs", @"Alignment\.(Training|Evaluation|Generation|Data|Models|Feedback)" },
        { "src/Alignment", @"Alignment\.(Data|Models|Feedback)|Spectre|System\.Console" },
        { "src/Alignment.Data", @"TorchSharp|Alignment\.(Models|Feedback)" },
        { "src/Alignment.Models", @"Alignment\.(Data|Feedback)" },
        { "src/Alignment.Feedback", @"TorchSharp|Alignment\.(Data|Models)" },
    };

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void An_assembly_references_only_what_stands_below_it(string name, string[] projects, string[] packages)
    {
        var file = Path.Combine(Root, "src", name, name + ".csproj");
        if (!File.Exists(file)) return; // an assembly that is still to come
        var xml = XDocument.Load(file);
        Assert.All(Includes(xml, "ProjectReference"), project => Assert.Contains(Path.GetFileNameWithoutExtension(project.Replace('\\', '/')), projects));
        Assert.All(Includes(xml, "PackageReference"), package => Assert.Contains(package, packages));
    }

    [Theory]
    [MemberData(nameof(ForbiddenUsings))]
    public void A_folder_uses_only_what_it_may(string folder, string forbidden)
    {
        var pattern = new Regex($@"^\s*(global\s+)?using\s+(static\s+)?([\w]+\s*=\s*)?({forbidden})\b", RegexOptions.Multiline);
        Assert.All(Sources(folder), file => Assert.DoesNotMatch(pattern, File.ReadAllText(file)));
    }

    [Fact]
    public void No_trainer_uses_another()
    {
        string[] trainers = ["Sft", "Reward", "Dpo", "Kto", "Ppo", "Rloo", "Grpo"];
        foreach (var trainer in trainers)
        {
            var others = string.Join('|', trainers.Where(other => other != trainer));
            var pattern = new Regex($@"\b({others})(Trainer|Options|Step|Sums)\b");
            Assert.All(Sources($"src/Alignment/Training/{trainer}"), file => Assert.DoesNotMatch(pattern, WithoutComments(File.ReadAllText(file))));
        }
    }

    [Fact]
    public void Only_programs_and_tests_bring_native_packages()
    {
        var libraries = Directory.GetFiles(Path.Combine(Root, "src"), "*.csproj", SearchOption.AllDirectories);
        Assert.NotEmpty(libraries);
        Assert.All(libraries, file => Assert.DoesNotContain(Includes(XDocument.Load(file), "PackageReference"), package => NativePackage().IsMatch(package)));
    }

    private static IEnumerable<string> Includes(XDocument project, string element) => project.Descendants(element).Select(e => e.Attribute("Include")!.Value);

    private static string[] Sources(string folder)
    {
        var path = Path.Combine(Root, folder);
        return Directory.Exists(path) ? Directory.GetFiles(path, "*.cs", SearchOption.AllDirectories) : [];
    }

    private static string WithoutComments(string source) => Comment().Replace(source, "");

    [GeneratedRegex(@"//.*")]
    private static partial Regex Comment();

    [GeneratedRegex(@"^(TorchSharp-|libtorch)")]
    private static partial Regex NativePackage();
}
