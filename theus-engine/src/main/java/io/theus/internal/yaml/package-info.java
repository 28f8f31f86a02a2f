/**
 * YAML 1.2 that remembers where everything stood, shared by the readers of workflows,
 * state files and schemas.
 *
 * <p>
 * {@link io.theus.internal.yaml.YamlParser} turns a document into an immutable tree of
 * {@link io.theus.internal.yaml.YamlNode}s. Each node and each key has a
 * {@link io.theus.internal.yaml.SourcePosition}, and a reader that dislikes a node raises
 * {@code node.error("...")}, so that every complaint about a file looks the same, whether
 * it comes from the syntax or from the meaning.
 *
 * <p>
 * Invariants: no node is ever changed; keys are text and occur once in their map; the
 * tree has no cycles, and what it expands to is bounded by
 * {@link io.theus.internal.yaml.YamlLimits}. This is the only package that imports
 * SnakeYAML, whose types do not leave it. It must not know what a document means.
 */
@NullMarked
package io.theus.internal.yaml;

import org.jspecify.annotations.NullMarked;
