#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests fail by panicking")]

use proptest::prelude::*;

use super::*;
use crate::digest::many::Digests;
use crate::error::ErrorKind;

/// The leaves, roots and proofs of certificate-transparency-go's `merkletree` tests (Apache-2.0), which RFC 6962's authors
/// publish as its reference; RFC 9162 has the same tree.
const LEAVES: [&[u8]; 8] = [
    b"",
    b"\x00",
    b"\x10",
    b"\x20\x21",
    b"\x30\x31",
    b"\x40\x41\x42\x43",
    b"\x50\x51\x52\x53\x54\x55\x56\x57",
    b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
];

const EMPTY: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

const ROOTS: [&str; 8] = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

fn tree<S: Separation>(algorithm: Algorithm, leaves: &[&[u8]]) -> Tree<S> {
    let mut tree = Tree::new(algorithm);
    tree.extend(leaves, Parallelism::ONE);
    tree
}

#[test]
fn the_published_roots_of_rfc_6962_are_found() {
    assert_eq!(tree::<Rfc9162>(Algorithm::Sha256, &[]).root().to_hex(), EMPTY);
    for (count, root) in (1..).zip(ROOTS) {
        assert_eq!(tree::<Rfc9162>(Algorithm::Sha256, &LEAVES[..count]).root().to_hex(), root, "{count} leaves");
    }
}

/// The paths that the same tests publish: leaf, size, digests.
#[test]
fn the_published_proofs_of_rfc_6962_are_found() {
    let proof = tree::<Rfc9162>(Algorithm::Sha256, &LEAVES).proof(0).unwrap();
    let path: Vec<String> = proof.path().iter().map(Digest::to_hex).collect();
    assert_eq!(
        path,
        [
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ]
    );
    let proof = tree::<Rfc9162>(Algorithm::Sha256, &LEAVES[..3]).proof(2).unwrap();
    let path: Vec<String> = proof.path().iter().map(Digest::to_hex).collect();
    assert_eq!(path, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]);
}

/// RFC 9162, 2.1.1, word for word.
fn tree_hash(algorithm: Algorithm, leaves: &[&[u8]]) -> Digest {
    match leaves {
        [] => algorithm.digest(b""),
        [leaf] => algorithm.digest(&[b"\x00", *leaf].concat()),
        _ => {
            let split = leaves.len().next_power_of_two() / 2;
            let (left, right) = (tree_hash(algorithm, &leaves[..split]), tree_hash(algorithm, &leaves[split..]));
            algorithm.digest(&[b"\x01", left.octets(), right.octets()].concat())
        }
    }
}

/// The same shape with the concatenation of RFC 4998, 4.2.
fn sorted_tree_hash(algorithm: Algorithm, leaves: &[&[u8]]) -> Digest {
    match leaves {
        [leaf] => algorithm.digest(leaf),
        _ => {
            let split = leaves.len().next_power_of_two() / 2;
            let mut children =
                [sorted_tree_hash(algorithm, &leaves[..split]), sorted_tree_hash(algorithm, &leaves[split..])];
            children.sort_by(|a, b| a.octets().cmp(b.octets()));
            algorithm.digest(&[children[0].octets(), children[1].octets()].concat())
        }
    }
}

#[test]
fn trees_of_every_size_have_the_root_of_the_definition_and_a_proof_for_every_leaf() {
    let data: Vec<Vec<u8>> = (0..140u8).map(|at| vec![at; usize::from(at)]).collect();
    let leaves: Vec<&[u8]> = data.iter().map(Vec::as_slice).collect();
    for algorithm in [Algorithm::Sha256, Algorithm::Sha384, Algorithm::Sha512, Algorithm::Sha3_256] {
        for count in (1..=40).chain([63, 64, 65, 127, 128, 129, 140]) {
            let leaves = &leaves[..count];
            holds(&tree::<Rfc9162>(algorithm, leaves), &tree_hash(algorithm, leaves));
            holds(&tree::<Rfc4998>(algorithm, leaves), &sorted_tree_hash(algorithm, leaves));
        }
    }
}

#[test]
fn children_that_begin_alike_are_sorted_by_where_they_differ() {
    // Digests of which 28 octets are the same, or all, on either side.
    let mut leaves = Digests::new(Algorithm::Sha256);
    for at in 0..64u8 {
        let mut octets = [7; 32];
        octets[usize::from(at % 32)] = [at, 7][usize::from(at % 5 == 0)];
        leaves.push(&Digest::new(Algorithm::Sha256, &octets).unwrap()).unwrap();
    }
    let mut level: Vec<Digest> = leaves.iter().collect();
    let mut tree = Tree::<Rfc4998>::new(Algorithm::Sha256);
    tree.extend_digests(leaves, Parallelism::ONE).unwrap();
    while level.len() > 1 {
        let node = |pair: &[Digest]| {
            let (left, right) = (pair[0].octets(), pair[1].octets());
            Algorithm::Sha256.digest(&[left.min(right), left.max(right)].concat())
        };
        level = level.chunks(2).map(node).collect();
    }
    assert_eq!(tree.root(), level[0]);
}

fn holds<S: Separation + PartialEq>(tree: &Tree<S>, root: &Digest) {
    assert_eq!(tree.root(), *root, "{} leaves", tree.len());
    for index in 0..tree.len() {
        let (leaf, proof) = (tree.leaf(index).unwrap(), tree.proof(index).unwrap());
        assert_eq!(proof.root(&leaf).unwrap(), *root, "leaf {index} of {}", tree.len());
        assert!(proof.path().len() <= tree.len().next_power_of_two().ilog2().try_into().unwrap());
        let path = proof.path().to_vec();
        assert_eq!(Proof::from_path(tree.algorithm(), index, tree.len(), path).unwrap(), proof);
        // Any other leaf gives another root.
        let other = tree.algorithm().digest(b"another order");
        assert_ne!(proof.root(&other).unwrap(), *root);
    }
    assert!(tree.proof(tree.len()).is_none());
}

#[test]
fn a_proof_that_does_not_fit_its_tree_is_refused() {
    let tree = tree::<Rfc9162>(Algorithm::Sha256, &LEAVES);
    let proof = tree.proof(3).unwrap();
    let refused = |index, size, path| {
        Proof::<Rfc9162>::from_path(Algorithm::Sha256, index, size, path).unwrap_err().kind() == ErrorKind::Malformed
    };
    assert!(refused(8, 8, proof.path().to_vec()));
    assert!(refused(0, 0, Vec::new()));
    assert!(refused(3, 8, proof.path()[1..].to_vec()));
    assert!(refused(3, 8, [proof.path(), proof.path()].concat()));
    assert!(refused(3, 8, vec![Algorithm::Sha3_256.digest(b""); 3]));
    // At another place of a tree of the same size the same digests lead elsewhere.
    let moved = Proof::<Rfc9162>::from_path(Algorithm::Sha256, 2, 8, proof.path().to_vec()).unwrap();
    assert_ne!(moved.root(&tree.leaf(3).unwrap()).unwrap(), tree.root());
    assert_eq!(proof.root(&Algorithm::Sha512.digest(b"")).unwrap_err().kind(), ErrorKind::Misuse);
    let mut other = Tree::<Rfc4998>::new(Algorithm::Sha256);
    let leaves = Digests::new(Algorithm::Sha512);
    assert_eq!(other.extend_digests(leaves, Parallelism::ONE).unwrap_err().kind(), ErrorKind::Misuse);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn leaves_may_arrive_in_any_portions(portions in proptest::collection::vec(0usize..40, 1..12)) {
        let data: Vec<[u8; 4]> = (0..480u32).map(u32::to_be_bytes).collect();
        let (mut tree, mut frontier, mut at) = (Tree::<Rfc9162>::new(Algorithm::Sha256), Frontier::<Rfc9162>::new(Algorithm::Sha256), 0);
        let mut digests = Tree::<Rfc4998>::new(Algorithm::Sha256);
        let mut sorted = Frontier::<Rfc4998>::new(Algorithm::Sha256);
        for portion in portions {
            let leaves = &data[at..at + portion];
            at += portion;
            tree.extend(leaves, Parallelism::ONE);
            frontier.extend(leaves, Parallelism::ONE);
            sorted.extend(leaves, Parallelism::ONE);
            let leaves = super::super::many::digests(Algorithm::Sha256, leaves, Parallelism::ONE);
            digests.extend_digests(leaves, Parallelism::ONE).unwrap();
            let so_far: Vec<&[u8]> = data[..at].iter().map(|leaf| leaf.as_slice()).collect();
            prop_assert_eq!(tree.root(), tree_hash(Algorithm::Sha256, &so_far));
            prop_assert_eq!(frontier.root(), tree.root());
            prop_assert_eq!(frontier.len(), at);
            prop_assert_eq!(sorted.root(), digests.root());
            if at > 0 {
                prop_assert_eq!(sorted.root(), sorted_tree_hash(Algorithm::Sha256, &so_far));
            }
        }
    }
}
