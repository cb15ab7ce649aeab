package isolation

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"strconv"
	"strings"
	"testing"
)

// listed are the SQL texts of the domains and the faces, found in the source: the
// third argument of Get and Select, the second of Exec. The value is where it
// stands. The operator's own (package pg, which has the catalogue) is apart.
func listed(t *testing.T) map[string]string {
	t.Helper()
	all, packages := map[string]string{}, map[string][]*ast.File{}
	names := token.NewFileSet()
	err := fs.WalkDir(os.DirFS(".."), ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(p, ".go") || strings.HasSuffix(p, "_test.go") {
			return err
		}
		dir := path.Dir(p)
		if dir == "pg" || strings.HasPrefix(dir, "pg/") || dir == "bench" || dir == "isolation" {
			return nil
		}
		f, err := parser.ParseFile(names, path.Join("..", p), nil, 0)
		packages[dir] = append(packages[dir], f)
		return err
	})
	must(t, err)
	for dir, files := range packages {
		constants := constantsOf(files)
		for _, f := range files {
			ast.Inspect(f, func(n ast.Node) bool {
				if expr := statementOf(n); expr != nil {
					where := names.Position(n.Pos())
					if text, ok := constant(expr, constants); ok {
						all[plain(text)] = dir + "/" + path.Base(where.Filename) + ":" + strconv.Itoa(where.Line)
					} else {
						t.Errorf("%s:%d: the statement cannot be read from the source", where.Filename, where.Line)
					}
				}
				return true
			})
		}
	}
	if len(all) < 100 {
		t.Fatalf("only %d statements in the source", len(all))
	}
	return all
}

// statementOf gives the SQL argument of a call on a transaction.
func statementOf(n ast.Node) ast.Expr {
	call, ok := n.(*ast.CallExpr)
	if !ok {
		return nil
	}
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return nil
	}
	at := map[string]int{"Get": 2, "Select": 2, "Exec": 1}[sel.Sel.Name]
	if at == 0 || len(call.Args) <= at || !isTx(sel.X) {
		return nil
	}
	return call.Args[at]
}

// isTx tells a transaction by its name, as it has everywhere: tx, or a field Tx.
func isTx(x ast.Expr) bool {
	switch x := x.(type) {
	case *ast.Ident:
		return x.Name == "tx"
	case *ast.SelectorExpr:
		return x.Sel.Name == "tx" || x.Sel.Name == "Tx"
	}
	return false
}

// constantsOf gathers the constants of a package, wherever they stand.
func constantsOf(files []*ast.File) map[string]ast.Expr {
	all := map[string]ast.Expr{}
	for _, f := range files {
		ast.Inspect(f, func(n ast.Node) bool {
			if decl, ok := n.(*ast.GenDecl); ok && decl.Tok == token.CONST {
				for _, spec := range decl.Specs {
					if v, ok := spec.(*ast.ValueSpec); ok && len(v.Values) == len(v.Names) {
						for i, name := range v.Names {
							all[name.Name] = v.Values[i]
						}
					}
				}
			}
			return true
		})
	}
	return all
}

// constant works out a text that is put together from constants.
func constant(x ast.Expr, known map[string]ast.Expr) (string, bool) {
	switch x := x.(type) {
	case *ast.BasicLit:
		s, err := strconv.Unquote(x.Value)
		return s, err == nil
	case *ast.ParenExpr:
		return constant(x.X, known)
	case *ast.Ident:
		v, ok := known[x.Name]
		if !ok {
			return "", false
		}
		return constant(v, known)
	case *ast.BinaryExpr:
		a, okA := constant(x.X, known)
		b, okB := constant(x.Y, known)
		return a + b, okA && okB && x.Op == token.ADD
	}
	return "", false
}
